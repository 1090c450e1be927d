import type { Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme-without-fonts';
import './theme.css';
import MermaidPicture from './MermaidPicture.vue';
import Layout from './WorkbookLayout.vue';

export default {
  extends: DefaultTheme,
  Layout,
  enhanceApp: ({ app }) => {
    app.component('MermaidPicture', MermaidPicture);
  },
} satisfies Theme;
