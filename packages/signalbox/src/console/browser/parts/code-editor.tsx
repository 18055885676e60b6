import { lazy, Suspense } from 'react';
import type { CodeEditorProps } from './code-editor-props.ts';

const Editor = lazy(async () => ({ default: (await import('./code-mirror.tsx')).CodeMirror }));

/** An editor of JSON, whose code loads when one is first shown. */
export function CodeEditor(props: CodeEditorProps) {
  return (
    <Suspense fallback={<textarea aria-label={props.label} readOnly value={props.value} />}>
      <Editor {...props} />
    </Suspense>
  );
}
