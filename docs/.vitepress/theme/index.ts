import type { Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme-without-fonts';
import './theme.css';
import Layout from './Layout.vue';
import MermaidPicture from './MermaidPicture.vue';

export default {
  extends: DefaultTheme,
  Layout,
  enhanceApp: ({ app }) => {
    app.component('MermaidPicture', MermaidPicture);
  },
} satisfies Theme;
