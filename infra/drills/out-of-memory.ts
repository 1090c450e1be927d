import { defineDrill } from '../commands/drill/drill.ts';
import { releaseChanged, revisionBefore, revisionRestored, withServing } from '../commands/drill/revision.ts';

export default defineDrill({
  title: '突然いなくなるサーバー',
  story:
    '「料金を少しでも下げたい」という変更のあと、サーバーが起動しては消えるようになりました。ログは途中で切れていて、エラーの行がありません。まるで、だれかに電源を抜かれたようです。',
  minutes: 10,
  hints: [
    'ログを書く間もなく止められています。プログラムが自分で終わったのではなさそうです。',
    '止まったタスクの「停止理由」と終了コード（137）を読みます。次に、タスク定義の「コンテナ」の数字を見ます。',
    'コンテナのメモリの上限を外すか、タスクの 512 MiB に合わせた新しいリビジョンを作り、サービスを更新します。',
  ],
  caught: ['chapter-2/service/memory'],
  prepare: revisionBefore,
  break: (scene, undo) =>
    releaseChanged(scene, undo, (task, serving) => ({
      containerDefinitions: withServing(task, serving, { memory: 24, memoryReservation: undefined }),
    })),
  restore: revisionRestored,
});
