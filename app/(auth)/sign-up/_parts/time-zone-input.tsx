"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};

/** Sends the browser's own time zone along, so that days on the pages begin when the person's do. */
export function TimeZoneInput() {
  const zone = useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => "UTC",
  );
  return <input type="hidden" name="timeZone" value={zone} readOnly />;
}
