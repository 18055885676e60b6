import Alert from '@cloudscape-design/components/alert';
import AppLayoutToolbar from '@cloudscape-design/components/app-layout-toolbar';
import Box from '@cloudscape-design/components/box';
import SideNavigation, {
  type SideNavigationProps,
} from '@cloudscape-design/components/side-navigation';
import Spinner from '@cloudscape-design/components/spinner';
import TopNavigation, {
  type TopNavigationProps,
} from '@cloudscape-design/components/top-navigation';
import { Component, lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import type { ListedPage } from '../../server/plugin-pages.ts';
import { useKeys } from './keys.tsx';
import { followLink, goTo, hrefOf, usePlace } from './location.ts';
import { openPanel, PanelSlot, usePanelState } from './panel.tsx';
import { useSurroundings } from './place-context.tsx';
import { ROUTES, routeOf } from './routes.ts';
import { chooseLanguage, LANGUAGE, t, told } from './strings.ts';
import { chooseTheme, type Theme } from './theme.ts';

const PluginPage = lazy(async () => ({
  default: (await import('../pages/plugin/page.tsx')).PluginPage,
}));

/** Everything around a page: navigation, theme, language, and the panel beside it. */
export function Shell() {
  const { path } = usePlace();
  const panel = usePanelProps();
  const { pages, title } = useSurroundings();
  const plugin = pages.find((page) => path.split('/')[1] === page.path);
  const found = routeOf(path);
  const [isOpen, setOpen] = useState(() => window.innerWidth > 1100);
  const help = useKeys();
  const name = plugin === undefined ? t(found?.route.title ?? 'Not found') : told(plugin.title);
  useEffect(() => {
    document.title = `${name} – ${title}`;
  }, [name, title]);
  return (
    <>
      <div id="top">
        <Top />
      </div>
      <AppLayoutToolbar
        headerSelector="#top"
        toolsHide
        navigation={<Navigation />}
        navigationOpen={isOpen}
        onNavigationChange={({ detail }) => setOpen(detail.open)}
        navigationWidth={220}
        {...panel}
        ariaLabels={{
          navigation: t('Navigation'),
          navigationToggle: t('Open navigation'),
          navigationClose: t('Close navigation'),
        }}
        content={
          <Failing key={path}>
            <Suspense fallback={<Spinner size="large" />}>
              {plugin !== undefined ? (
                <PluginPage page={plugin} name={nameBelow(path)} />
              ) : (
                <Found found={found} />
              )}
            </Suspense>
          </Failing>
        }
      />
      {help}
    </>
  );
}

/** What follows the first part of a path: the name of what a page shows. */
function nameBelow(path: string): string {
  return decodeURIComponent(path.split('/').slice(2).join('/'));
}

function usePanelProps() {
  const { hasContent, isOpen } = usePanelState();
  const [size, setSize] = useState(() => Math.min(560, Math.max(380, window.innerWidth * 0.36)));
  const position = window.innerWidth > 1000 ? ('side' as const) : ('bottom' as const);
  return {
    splitPanel: hasContent ? <PanelSlot /> : null,
    splitPanelOpen: isOpen,
    splitPanelSize: size,
    splitPanelPreferences: { position },
    onSplitPanelToggle: ({ detail }: { readonly detail: { readonly open: boolean } }) =>
      openPanel(detail.open),
    onSplitPanelResize: ({ detail }: { readonly detail: { readonly size: number } }) =>
      setSize(detail.size),
  };
}

function Found({ found }: { readonly found: ReturnType<typeof routeOf> }) {
  if (found === undefined) return <Box variant="h1">{t('There is no such page')}</Box>;
  const { Page } = found.route;
  return <Page name={found.name} />;
}

function Navigation() {
  const { path } = usePlace();
  const { pages, kind } = useSurroundings();
  const listed = ROUTES.filter(
    ({ isListed, isOfRehearsal }) => isListed && (isOfRehearsal !== true || kind === 'rehearsal'),
  );
  const own = listed.map(({ path: at, title }) => ({
    type: 'link' as const,
    text: t(title),
    href: hrefOf(at),
  }));
  const home = own.at(-1);
  const ordered = home === undefined ? own : [home, ...own.slice(0, -1)];
  const linkTo = ({ title, path: at }: ListedPage) => ({
    type: 'link' as const,
    text: told(title),
    href: hrefOf(`/${at}`),
  });
  const described = pages.filter(({ isOwn }) => isOwn).map(linkTo);
  const plugins = pages.filter(({ isOwn }) => !isOwn).map(linkTo);
  const items: SideNavigationProps.Item[] = [
    ...ordered,
    ...described,
    ...(plugins.length > 0 ? [{ type: 'divider' as const }, ...plugins] : []),
  ];
  const top = path === '/' ? '/' : `/${path.split('/')[1] ?? ''}`;
  return <SideNavigation activeHref={hrefOf(top)} items={items} onFollow={followLink} />;
}

function Top() {
  const { kind, region, title } = useSurroundings();
  const utilities: TopNavigationProps.Utility[] = [
    {
      type: 'button',
      text: kind === 'rehearsal' ? `${t('Rehearsal')} · ${region}` : region,
      disableUtilityCollapse: false,
      href: hrefOf('/'),
      onFollow: followLink,
    },
    {
      type: 'menu-dropdown',
      iconName: 'settings',
      ariaLabel: t('Settings'),
      title: t('Settings'),
      items: [
        { id: 'theme', text: t('Theme'), items: themeItems() },
        {
          id: 'language',
          text: t('Language'),
          items: [
            { id: 'language-en', text: 'English', disabled: LANGUAGE === 'en' },
            { id: 'language-ko', text: '한국어', disabled: LANGUAGE === 'ko' },
          ],
        },
      ],
      onItemClick: ({ detail }) => choose(detail.id),
    },
  ];
  return (
    <TopNavigation
      identity={{
        href: hrefOf('/'),
        title,
        onFollow: (event) => {
          event.preventDefault();
          goTo(hrefOf('/'));
        },
      }}
      utilities={utilities}
      i18nStrings={{ overflowMenuTriggerText: t('More'), overflowMenuTitleText: t('All') }}
    />
  );
}

function themeItems() {
  return [
    { id: 'theme-system', text: t('System') },
    { id: 'theme-light', text: t('Light') },
    { id: 'theme-dark', text: t('Dark') },
  ];
}

const THEMES: Readonly<Record<string, Theme>> = {
  'theme-system': 'system',
  'theme-light': 'light',
  'theme-dark': 'dark',
};

function choose(id: string): void {
  const theme = THEMES[id];
  if (theme !== undefined) chooseTheme(theme);
  if (id === 'language-en') chooseLanguage('en');
  if (id === 'language-ko') chooseLanguage('ko');
}

/** Shows what went wrong in a page in its place; the navigation goes on. */
class Failing extends Component<
  { readonly children: ReactNode },
  { readonly error: Error | undefined }
> {
  override state = { error: undefined as Error | undefined };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <Alert type="error" header={t('This page has a mistake of its own')}>
        {error.message}
      </Alert>
    );
  }
}
