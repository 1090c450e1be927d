import { defineDrill } from '../commands/drill/drill.ts';
import { releaseChanged, revisionBefore, revisionRestored, withServing } from '../commands/drill/revision.ts';

export default defineDrill({
  title: '届かない荷物',
  story:
    '「ちょっとした文言の修正」の公開が、30分たっても終わりません。サービスのイベントには、タスクを始められないという行が増えていきます。前の版は、まだ動いています。',
  minutes: 10,
  hints: [
    'タスクは、始まる前にイメージを取りに行きます。取りに行った先に、ものはあるでしょうか。',
    '止まったタスクの「停止理由」に出てくるタグと、「Elastic Container Registry」のイメージの一覧を見比べます。',
    'タスク定義のイメージを、レジストリに実際にあるタグ（かダイジェスト）に直した新しいリビジョンを作り、サービスを更新します。',
  ],
  caught: ['chapter-2/service/image'],
  prepare: revisionBefore,
  break: (scene, undo) =>
    releaseChanged(scene, undo, (task, serving) => ({
      containerDefinitions: withServing(task, serving, {
        image: `${serving.image?.replace(/(@sha256:[0-9a-f]+|:[^:/]+)$/, '')}:release-2026-13`,
      }),
    })),
  restore: revisionRestored,
});
