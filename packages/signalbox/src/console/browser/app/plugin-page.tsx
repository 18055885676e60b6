import Alert from '@cloudscape-design/components/alert';
import { useEffect, useRef, useState } from 'react';

/** What a module of a plug-in's page exports. */
interface PageModule {
  mount(element: HTMLElement): undefined | (() => void);
}

/** A page of a plug-in: its script loads from the same origin, and fills an element of its own. */
export function PluginPage({
  page,
}: {
  readonly page: { readonly title: string; readonly script: string };
}) {
  const place = useRef<HTMLDivElement>(null);
  const [error, setError] = useState<string>();
  const { script } = page;
  useEffect(() => {
    let end: undefined | (() => void);
    let isOver = false;
    import(script)
      .then((loaded: PageModule) => {
        if (!isOver && place.current !== null) end = loaded.mount(place.current);
      })
      .catch((reason: unknown) => setError(String(reason)));
    return () => {
      isOver = true;
      end?.();
    };
  }, [script]);
  return (
    <>
      {error !== undefined && <Alert type="error">{error}</Alert>}
      <div ref={place} />
    </>
  );
}
