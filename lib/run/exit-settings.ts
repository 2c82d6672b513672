/** sysexits.h: a configuration error. The supervisor does not start such a process again. */
export const EXIT_SETTINGS = 78;
