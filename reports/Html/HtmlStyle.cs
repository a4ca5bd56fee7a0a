namespace RailCluster.Reports;

/// <summary>The look of a report, light and dark.</summary>
internal static class HtmlStyle
{
    public const string Sheet =
        """
        :root { color-scheme: light dark; --page: #ffffff; --ink: #1b1f24; --soft: #59636e; --rule: #d8dee4; --card: #f6f8fa;
          --pass: #1a7f37; --block: #c2182b; --undecided: #9a6700; --quiet: #8c959f; }
        @media (prefers-color-scheme: dark) {
          :root { --page: #0f1318; --ink: #e6edf3; --soft: #9aa4af; --rule: #2f3740; --card: #171c23;
            --pass: #4ac26b; --block: #ff6a69; --undecided: #e0a82e; --quiet: #6e7781; }
        }
        body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
        main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
        h1 { font-size: 1.35rem; line-height: 1.3; margin: 0 0 .5rem; }
        h2 { font-size: 1.1rem; margin: 2.2rem 0 .4rem; }
        h3 { font-size: 1rem; margin: 0; overflow-wrap: anywhere; }
        h4 { font-size: .8rem; font-weight: 600; color: var(--soft); margin: 0 0 .25rem; overflow-wrap: anywhere; }
        ul { margin: .4rem 0; padding-left: 1.3rem; }
        p { margin: .5rem 0; }
        .pair { color: var(--soft); margin: 0 0 .6rem; overflow-wrap: anywhere; }
        .note { color: var(--soft); font-size: .875rem; }
        .trade { font-weight: 600; }
        .verdict { border-left: .4rem solid var(--quiet); background: var(--card); padding: 1rem 1.2rem; border-radius: .3rem; overflow-wrap: anywhere; }
        .verdict.pass { border-color: var(--pass); } .verdict.pass h1 { color: var(--pass); }
        .verdict.block { border-color: var(--block); } .verdict.block h1 { color: var(--block); }
        .verdict.undecided { border-color: var(--undecided); } .verdict.undecided h1 { color: var(--undecided); }
        figure { margin: 0; overflow-x: auto; }
        svg { width: 100%; min-width: 34rem; height: auto; font-size: 14px; }
        svg text { fill: var(--ink); } svg .axis { fill: var(--soft); font-size: 12px; }
        svg .value { font-variant-numeric: tabular-nums; }
        .bar.pass { fill: var(--pass); } .bar.block { fill: var(--block); } .bar.undecided { fill: var(--undecided); } .bar.quiet { fill: var(--quiet); }
        svg .zero { stroke: var(--rule); } svg .tolerance { stroke: var(--ink); stroke-width: 2; } svg .spread { stroke: var(--ink); opacity: .6; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-size: .9rem; font-variant-numeric: tabular-nums; }
        th, td { text-align: right; padding: .35rem .6rem; border-bottom: 1px solid var(--rule); white-space: nowrap; }
        th:first-child { text-align: left; } thead th { color: var(--soft); font-weight: 600; } tbody th { font-weight: 500; }
        .facts td { text-align: left; white-space: normal; overflow-wrap: anywhere; }
        .tag { font-weight: 600; } .tag.pass { color: var(--pass); } .tag.block { color: var(--block); }
        .tag.undecided { color: var(--undecided); } .tag.quiet { color: var(--quiet); }
        article { border-top: 1px solid var(--rule); padding: 1rem 0; }
        blockquote { margin: .5rem 0; padding-left: .8rem; border-left: .2rem solid var(--rule); white-space: pre-wrap; overflow-wrap: anywhere; }
        .sides { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
        .sides > div { min-width: 0; }
        .answer { background: var(--card); border-radius: .3rem; padding: .6rem .8rem; white-space: pre-wrap; overflow-wrap: anywhere; }
        @media (max-width: 40rem) { .sides { grid-template-columns: 1fr; } }
        """;
}
