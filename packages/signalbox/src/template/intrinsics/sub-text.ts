/** A part of a `Fn::Sub` text: as it stands, or a name to replace. */
export type SubPart = { readonly literal: string } | { readonly name: string };

/** Splits `a${B}c${!D}` into its parts: `a`, the name `B`, `c${D}`. */
export function parseSubText(text: string): readonly SubPart[] {
  const parts: SubPart[] = [];
  let end = 0;
  for (const match of text.matchAll(/\$\{([^{}]*)\}/g)) {
    const name = match[1] ?? '';
    parts.push({ literal: text.slice(end, match.index) });
    parts.push(name.startsWith('!') ? { literal: `\${${name.slice(1)}}` } : { name: name.trim() });
    end = match.index + match[0].length;
  }
  return [...parts, { literal: text.slice(end) }];
}

/** Returns whether CloudFormation takes a name between `${` and `}`. */
export function isSubName(name: string): boolean {
  return /^[A-Za-z0-9_.:]+$/.test(name);
}
