"use client";

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";

interface Crumbs {
  label: string | null;
  setLabel: (label: string | null) => void;
}

const CrumbContext = createContext<Crumbs>({ label: null, setLabel: () => {} });

export function CrumbProvider({ children }: { children: ReactNode }) {
  const [label, setLabel] = useState<string | null>(null);
  const value = useMemo(() => ({ label, setLabel }), [label]);
  return <CrumbContext value={value}>{children}</CrumbContext>;
}

export function useCrumbLabel(): string | null {
  return useContext(CrumbContext).label;
}

/** Names the last breadcrumb of a page below another, for example a key's own name. Renders nothing. */
export function Crumb({ label }: { label: string }) {
  const { setLabel } = useContext(CrumbContext);
  useEffect(() => {
    setLabel(label);
    return () => setLabel(null);
  }, [label, setLabel]);
  return null;
}
