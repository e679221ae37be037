import { Component, type ReactNode } from 'react';
import { textOf } from '../text/messages.ts';
import { Mark } from './icons.tsx';

interface Props {
  readonly children: ReactNode;
}

interface State {
  readonly error: unknown;
  readonly hasFailed: boolean;
}

/** In the place of a page that cannot be drawn. Nothing of the state is asked, not even the language: it may be at fault. */
export class PageBoundary extends Component<Props, State> {
  override state: State = { error: null, hasFailed: false };

  static getDerivedStateFromError(error: unknown): State {
    return { error, hasFailed: true };
  }

  override render(): ReactNode {
    const { error, hasFailed } = this.state;
    if (!hasFailed) return this.props.children;
    return (
      <div className="refused" role="alert">
        <Mark />
        <h1>{textOf('en', 'pageBroken')}</h1>
        <p>{textOf('en', 'pageBrokenText')}</p>
        <div lang="zh-CN">
          <h2>{textOf('zh', 'pageBroken')}</h2>
          <p>{textOf('zh', 'pageBrokenText')}</p>
        </div>
        <p className="hint mono">{String(error)}</p>
        <button type="button" className="button" onClick={() => location.reload()}>
          {textOf('en', 'reload')} / {textOf('zh', 'reload')}
        </button>
      </div>
    );
  }
}
