/** The look that every floating list shares: menus, selects, popovers. */
export const FLOATING =
  "z-50 rounded-lg border bg-raised text-ink shadow-float data-[state=open]:animate-rise focus:outline-none";
export const FLOATING_ITEM =
  "flex min-h-8 cursor-default select-none items-center gap-2 rounded-sm px-2 py-1 text-sm outline-none data-[disabled]:pointer-events-none data-[highlighted]:bg-ink/6 data-[disabled]:text-ink-3 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-3";
