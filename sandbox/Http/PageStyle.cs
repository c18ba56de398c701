namespace Serverless.Sandbox.Http;

internal static class PageStyle
{
    public static readonly Html Sheet = Html.Of($$"""
        :root { color-scheme: light dark;
          --ground: light-dark(#f4f5f7, #0f1216); --card: light-dark(#ffffff, #181c22); --line: light-dark(#dfe3e8, #2a3038);
          --ink: light-dark(#15191f, #e8ebef); --soft: light-dark(#5a6572, #9aa5b1); --accent: light-dark(#0b5fff, #7aa7ff);
          --push: light-dark(#6d28d9, #c4a5ff); --sms: light-dark(#067647, #6fdba8); --email: light-dark(#b54708, #ffb870); --bad: light-dark(#b42318, #ff9a8f); }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
        .wrap { max-width: 60rem; margin: 0 auto; padding: 0 1.25rem; }
        main.wrap { padding-top: 1.5rem; padding-bottom: 4rem; }
        .bar { background: var(--card); border-bottom: 1px solid var(--line); position: sticky; top: 0; z-index: 1; }
        .bar .wrap { display: flex; align-items: center; gap: 1.5rem; min-height: 3.25rem; flex-wrap: wrap; }
        .brand { font-weight: 650; text-decoration: none; color: var(--ink); }
        .brand span { font-weight: 400; color: var(--soft); }
        nav { display: flex; gap: .25rem; margin-left: auto; }
        nav a { padding: .3rem .75rem; border-radius: 999px; text-decoration: none; color: var(--soft); }
        nav a[aria-current] { background: var(--ground); color: var(--ink); font-weight: 600; }
        a { color: var(--accent); }
        a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
        h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .25rem; letter-spacing: -.01em; }
        h2 { font-size: 1.05rem; margin: 2rem 0 .6rem; }
        p { margin: .25rem 0 1rem; } .soft { color: var(--soft); }
        code, pre { font: .87em/1.55 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
        pre { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .8rem 1rem; overflow-x: auto; }
        .scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; }
        table { border-collapse: collapse; width: 100%; }
        th, td { text-align: left; padding: .55rem .9rem; border-top: 1px solid var(--line); vertical-align: top; }
        tr:first-child > th { border-top: 0; color: var(--soft); font-weight: 500; font-size: .85rem; }
        .well { color: var(--sms); } .ill { color: var(--bad); }
        form.filter { display: flex; gap: .6rem; align-items: end; flex-wrap: wrap; margin: 1rem 0 1.25rem; }
        label { display: grid; gap: .2rem; font-size: .82rem; color: var(--soft); }
        input, select, button { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .42rem .7rem; min-height: 2.4rem; }
        input { width: 11rem; } button { cursor: pointer; font-weight: 600; } .clear { padding: .5rem .25rem; }
        .title { display: flex; align-items: baseline; gap: 1rem; justify-content: space-between; flex-wrap: wrap; }
        .live { font-size: .85rem; color: var(--soft); } .live::before { content: ""; display: inline-block; width: .55rem; height: .55rem; border-radius: 50%; background: var(--soft); margin-right: .4rem; }
        .live[data-state=open]::before { background: var(--sms); } .live[data-state=lost]::before { background: var(--bad); }
        .messages { list-style: none; margin: 0; padding: 0; display: grid; gap: .75rem; }
        .message { background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--tone); border-radius: .75rem; padding: .85rem 1.1rem; }
        .push { --tone: var(--push); } .sms { --tone: var(--sms); } .email { --tone: var(--email); }
        .message header { display: flex; gap: .35rem .8rem; flex-wrap: wrap; align-items: baseline; font-size: .85rem; color: var(--soft); }
        .channel { color: var(--tone); font-weight: 650; } .message time { margin-left: auto; font-variant-numeric: tabular-nums; }
        .message h3 { font-size: 1rem; margin: .35rem 0 0; } .message .text { margin: .25rem 0 0; white-space: pre-wrap; }
        .message h3, .message .text, .message .to, .message footer { overflow-wrap: anywhere; unicode-bidi: isolate; }
        .message footer { margin-top: .5rem; font-size: .85rem; color: var(--soft); display: flex; gap: .3rem 1rem; flex-wrap: wrap; }
        .twice { color: var(--bad); font-weight: 600; }
        .empty { background: var(--card); border: 1px dashed var(--line); border-radius: .75rem; padding: 2.5rem 1rem; text-align: center; color: var(--soft); }
        .messages:not(:empty) + .empty { display: none; }
        .message.new { animation: arrive 1.6s ease-out; }
        @keyframes arrive { from { background: color-mix(in srgb, var(--tone) 22%, var(--card)); } }
        @media (prefers-reduced-motion: reduce) { .message.new { animation: none; } }
        @media (max-width: 34rem) { .brand span { display: none; } input { width: 9.5rem; } .message time { margin-left: 0; } }
        """);
}
