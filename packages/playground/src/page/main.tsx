import './styles/tokens.css';
import './styles/base.css';
import './styles/header.css';
import './styles/banner.css';
import './styles/layout.css';
import './styles/refused.css';
import './styles/narrow.css';
import './styles/buttons.css';
import './styles/fields.css';
import './styles/switch.css';
import './styles/tabs.css';
import './styles/command.css';
import './styles/note.css';
import './styles/menu.css';
import './styles/requirement.css';
import './styles/side-bar.css';
import './styles/editor.css';
import './styles/inputs.css';
import './styles/run-status.css';
import './styles/notices.css';
import './styles/attempts.css';
import './styles/diff.css';
import './styles/artifacts.css';
import './styles/tables.css';
import './styles/details.css';
import './styles/json.css';
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
  if (!drafts[language]) {
    void playground.attempt(async () => playground.chooseLanguage(language, await starterOf(language)));
  }
  addEventListener('pagehide', writeLatest);
  createRoot(root).render(
    <PlaygroundContext value={playground}>
      <App />
    </PlaygroundContext>,
  );
  void playground.attempt(() => playground.join());
}
