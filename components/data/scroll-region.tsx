"use client";

import { type ComponentProps, useEffect, useRef, useState } from "react";

/** Scrolls sideways when it must, and only then is a stop for the keyboard. */
export function ScrollRegion({ label, ...rest }: Omit<ComponentProps<"div">, "ref"> & { label: string }) {
  const region = useRef<HTMLDivElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const element = region.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setScrolls(element.scrollWidth > element.clientWidth + 1));
    observer.observe(element);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={region} {...(scrolls ? { role: "group", "aria-label": label, tabIndex: 0 } : {})} {...rest} />
  );
}
