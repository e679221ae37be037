import './styles/tokens.css';
import './styles/base.css';
import './styles/layout.css';
import './styles/controls.css';
import './styles/side-bar.css';
import './styles/results.css';
import './styles/output.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { starterOf } from './examples/example-list.ts';
import { PlaygroundContext } from './parts/app-context.ts';
import { Playground } from './playground.ts';
import { writeLatest } from './state/kept-state.ts';

const root = document.querySelector('#root');
if (root) {
  const playground = new Playground();
  const { language, drafts } = playground.state;
  if (!drafts[language]) void starterOf(language).then((draft) => playground.chooseLanguage(language, draft));
  addEventListener('pagehide', writeLatest);
  createRoot(root).render(
    <PlaygroundContext value={playground}>
      <App />
    </PlaygroundContext>,
  );
  void playground.join();
}
