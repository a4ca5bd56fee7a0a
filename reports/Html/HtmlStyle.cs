using System.Collections.Immutable;

namespace RailCluster.Reports;

/// <summary>The look of a report: on a light screen, on a dark one, and on paper.</summary>
internal static class HtmlStyle
{
    private static readonly ImmutableArray<Ink> Inks = [.. Enum.GetValues<Ink>()];

    /// <summary>The whole style sheet.</summary>
    public static Markup Sheet { get; } = Markup.Of(
        $$"""
        :root { color-scheme: light dark; {{Inks.Select(ink => Markup.Of($"--{ink.Name()}: {ink.Light()}; "))}}}
        @media (prefers-color-scheme: dark) { :root { {{Inks.Select(ink => Markup.Of($"--{ink.Name()}: {ink.Dark()}; "))}}} }
        @media print { :root { color-scheme: light; {{Inks.Select(ink => Markup.Of($"--{ink.Name()}: {ink.Light()}; "))}}} }
        {{Inks.Select(ink => Markup.Of($".f-{ink.Name()} {{ fill: var(--{ink.Name()}); }} .s-{ink.Name()} {{ stroke: var(--{ink.Name()}); }}\n"))}}
        {{Markup.Constant(Screen)}}
        {{Markup.Constant(Parts)}}
        {{Markup.Constant(Print)}}
        """);

    private const string Screen =
        """
        *, ::before, ::after { box-sizing: border-box; }
        html { scroll-padding-top: 1rem; }
        body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.55 system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; }
        header, main, footer { max-width: 62rem; margin: 0 auto; padding: 0 1.25rem; }
        header { padding-top: 1.5rem; } main { padding-bottom: 1rem; } footer { padding-bottom: 3rem; color: var(--soft); font-size: .875rem; }
        h1, h2, h3, h4 { line-height: 1.3; overflow-wrap: anywhere; }
        h1 { font-size: 1.5rem; margin: 0 0 .6rem; }
        h2 { font-size: 1.2rem; margin: 2.6rem 0 .5rem; padding-top: 1.1rem; border-top: 1px solid var(--rule); }
        h3 { font-size: 1rem; margin: 1.2rem 0 .3rem; }
        h4 { font-size: .85rem; font-weight: 600; margin: 0 0 .35rem; }
        p { margin: .5rem 0; max-width: 48rem; } ul { margin: .4rem 0; padding-left: 1.3rem; max-width: 48rem; } li { margin: .25rem 0; overflow-wrap: anywhere; }
        a { color: var(--baseline); } a:hover { text-decoration-thickness: 2px; }
        :focus-visible { outline: 3px solid var(--baseline); outline-offset: 2px; border-radius: 2px; }
        .skip { position: absolute; left: -100vw; } .skip:focus { position: static; display: inline-block; margin: .5rem 1.25rem; }
        .pair { color: var(--soft); margin: 0 0 .7rem; overflow-wrap: anywhere; max-width: none; }
        .note { color: var(--soft); font-size: .9rem; }
        nav { margin: 1rem 0 0; } nav ul { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; list-style: none; padding: 0; margin: 0; max-width: none; font-size: .9rem; }
        nav a { display: inline-block; padding: .25rem 0; }
        """;

    private const string Parts =
        """
        .verdict { border: 1px solid var(--rule); border-left: .5rem solid var(--quiet); background: var(--card); padding: 1.1rem 1.3rem; border-radius: .4rem; overflow-wrap: anywhere; }
        .verdict h2 { border: 0; padding: 0; margin: 1.1rem 0 .2rem; font-size: 1rem; }
        .verdict.pass { border-left-color: var(--pass); } .verdict.block { border-left-color: var(--block); } .verdict.undecided { border-left-color: var(--undecided); }
        .verdict.pass h1 { color: var(--pass); } .verdict.block h1 { color: var(--block); } .verdict.undecided h1 { color: var(--undecided); }
        .early { font-weight: 600; }
        figure { margin: 1rem 0 .5rem; } figcaption { color: var(--soft); font-size: .9rem; max-width: 48rem; margin-top: .4rem; }
        .scroll { overflow-x: auto; margin: .8rem 0; }
        svg { display: block; width: 100%; min-width: 40rem; height: auto; font-variant-numeric: tabular-nums; } .f-none { fill: none; }
        table { border-collapse: collapse; width: 100%; font-size: .9rem; font-variant-numeric: tabular-nums; }
        caption { text-align: left; color: var(--soft); font-size: .9rem; padding: 0 0 .4rem; }
        th, td { text-align: right; padding: .38rem .6rem; border-bottom: 1px solid var(--rule); white-space: nowrap; vertical-align: top; }
        th:first-child { text-align: left; padding-left: 0; } td:last-child, th:last-child { padding-right: .2rem; }
        thead th { color: var(--soft); font-weight: 600; } tbody th { font-weight: 500; }
        .texts td, .texts thead th, .facts td, .facts thead th { text-align: left; white-space: normal; overflow-wrap: anywhere; } .facts tbody th { white-space: normal; min-width: 9rem; }
        .texts td, .texts th { min-width: 7rem; overflow-wrap: break-word; }
        .tag { font-weight: 600; } .tag.pass { color: var(--pass); } .tag.block { color: var(--block); } .tag.undecided { color: var(--undecided); } .tag.quiet { color: var(--quiet); }
        .baseline { color: var(--baseline); } .checkpoint { color: var(--checkpoint); }
        details { margin: .3rem 0; } summary { cursor: pointer; padding: .3rem 0; } summary .tag { margin-left: .4rem; }
        article { border: 1px solid var(--rule); border-radius: .4rem; padding: .9rem 1.1rem 1.1rem; margin: 1rem 0; } article h3 { margin-top: 0; }
        blockquote { margin: .6rem 0 .9rem; padding: .1rem 0 .1rem .9rem; border-left: .25rem solid var(--rule); white-space: pre-wrap; overflow-wrap: anywhere; }
        .sides { display: grid; grid-template-columns: 1fr 1fr; gap: 1.1rem; } .sides > div { min-width: 0; }
        .answer { background: var(--card); border-radius: .35rem; padding: .7rem .9rem; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 26rem; overflow-y: auto; }
        .baseline-side .answer { border-top: 3px solid var(--baseline); } .checkpoint-side .answer { border-top: 3px solid var(--checkpoint); }
        .cut { color: var(--soft); font-style: italic; }
        @media (max-width: 40rem) { .sides { grid-template-columns: 1fr; } h1 { font-size: 1.25rem; } .verdict { padding: .9rem 1rem; } header, main, footer { padding-left: .9rem; padding-right: .9rem; } }
        """;

    private const string Print =
        """
        @page { margin: 14mm; }
        @media print {
          body { font-size: 10.5pt; } header, main, footer { max-width: none; padding-left: 0; padding-right: 0; }
          nav, .skip { display: none; }
          .scroll { overflow: visible; } .answer { max-height: none; overflow: visible; } svg { min-width: 0; }
          table { font-size: 8pt; } th, td { padding: .2rem .3rem; white-space: normal; } thead { display: table-header-group; }
          h2, h3, h4, caption, article > .note, article > blockquote { break-after: avoid; } figure, tr, .verdict { break-inside: avoid; } .answer, article { break-inside: auto; }
          .verdict, .answer { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
          details::details-content { content-visibility: visible; block-size: auto; }
        }
        """;
}
