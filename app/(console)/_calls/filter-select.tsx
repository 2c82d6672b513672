"use client";

import { Select, SelectContent, SelectItem, SelectTrigger } from "@/components/ui/select";

/** One filter: its name is only read aloud, its choice says enough to the eye. */
export function FilterSelect({
  label,
  value,
  choices,
  onChange,
}: {
  label: string;
  value: string;
  choices: { value: string; label: string }[];
  onChange: (value: string) => void;
}) {
  return (
    <Select value={value} onValueChange={onChange}>
      <SelectTrigger
        aria-label={label}
        text={choices.find((choice) => choice.value === value)?.label}
        className="sm:w-auto sm:min-w-32 sm:max-w-52"
      />
      <SelectContent className="max-w-[min(28rem,calc(100vw-2rem))]">
        {choices.map((choice) => (
          <SelectItem key={choice.value} value={choice.value}>
            <span className="block truncate">{choice.label}</span>
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  );
}
