import {
  ChartColumn,
  Coins,
  KeyRound,
  LayoutDashboard,
  ListTree,
  type LucideIcon,
  Plug,
  Settings,
  SquareTerminal,
} from "lucide-react";

export type PlaceId =
  | "overview"
  | "tokens"
  | "usage"
  | "logs"
  | "credits"
  | "setup"
  | "playground"
  | "settings";

export interface Place {
  id: PlaceId;
  href: string;
  icon: LucideIcon;
}

/** The pages of the console, in the order of the rail. The last one stands apart. */
export const PLACES: readonly Place[] = [
  { id: "overview", href: "/overview", icon: LayoutDashboard },
  { id: "tokens", href: "/tokens", icon: KeyRound },
  { id: "usage", href: "/usage", icon: ChartColumn },
  { id: "logs", href: "/logs", icon: ListTree },
  { id: "credits", href: "/credits", icon: Coins },
  { id: "setup", href: "/setup", icon: Plug },
  { id: "playground", href: "/playground", icon: SquareTerminal },
  { id: "settings", href: "/settings", icon: Settings },
];

/** Whether `pathname` is this place or below it. */
export function isWithin(pathname: string, href: string): boolean {
  return pathname === href || pathname.startsWith(`${href}/`);
}
