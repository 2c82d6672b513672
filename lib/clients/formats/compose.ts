import { yamlText } from "@/lib/clients/formats/yaml";
import type { SetupFacts } from "@/lib/clients/types";

interface ComposeService {
  service: string;
  image: string;
  /** `host:container`; bound to this machine only, because the key is inside. */
  port: readonly [host: number, container: number];
  environment: readonly (readonly [name: string, value: string])[];
  /** A named volume, so that data outlive the container. */
  volume?: readonly [name: string, path: string];
  capAdd?: string;
}

/**
 * A compose file with one service. While the API is on this machine's loopback, the container is given the host's
 * name. `$` is doubled, because Compose interpolates values.
 */
export function composeFile(facts: SetupFacts, spec: ComposeService): string {
  const lines = [
    "services:",
    `  ${spec.service}:`,
    `    image: ${spec.image}`,
    "    restart: unless-stopped",
    "    ports:",
    `      - ${yamlText(`127.0.0.1:${spec.port[0]}:${spec.port[1]}`)}`,
    "    environment:",
    ...spec.environment.map(([name, value]) => `      ${name}: ${yamlText(value.replaceAll("$", "$$$$"))}`),
  ];
  if (facts.reach === "loopback") {
    lines.push("    extra_hosts:", `      - ${yamlText("host.docker.internal:host-gateway")}`);
  }
  if (spec.capAdd) lines.push("    cap_add:", `      - ${spec.capAdd}`);
  if (spec.volume) {
    lines.push(
      "    volumes:",
      `      - ${yamlText(spec.volume.join(":"))}`,
      "volumes:",
      `  ${spec.volume[0]}: {}`,
    );
  }
  return `${lines.join("\n")}\n`;
}
