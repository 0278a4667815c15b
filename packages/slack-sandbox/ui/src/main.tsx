import 'slack-blocks-to-jsx/dist/style.css';
import './styles/lato/lato.css';
import './styles/tokens.css';
import './styles/layout.css';
import './styles/messages.css';
import './styles/blocks.css';
import './styles/modal.css';
import './styles/inspector.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
