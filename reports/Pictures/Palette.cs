namespace RailCluster.Reports;

/// <summary>The colours, light and dark. Every ink that text is written in has a contrast of 4.5 and more with the page and with a card.</summary>
internal static class Palette
{
    /// <summary>The ink's name in style sheets.</summary>
    public static string Name(this Ink ink) => ink switch
    {
        Ink.Page => "page",
        Ink.Text => "ink",
        Ink.Soft => "soft",
        Ink.Rule => "rule",
        Ink.Shade => "card",
        Ink.Pass => "pass",
        Ink.Block => "block",
        Ink.Undecided => "undecided",
        Ink.Quiet => "quiet",
        Ink.Baseline => "baseline",
        _ => "checkpoint",
    };

    /// <summary>On a white page and on paper, as <c>#rrggbb</c>.</summary>
    public static string Light(this Ink ink) => ink switch
    {
        Ink.Page => "#ffffff",
        Ink.Text => "#1b1f24",
        Ink.Soft => "#55606b",
        Ink.Rule => "#d5dbe1",
        Ink.Shade => "#f4f6f8",
        Ink.Pass => "#16722f",
        Ink.Block => "#b81528",
        Ink.Undecided => "#875a00",
        Ink.Quiet => "#626c77",
        Ink.Baseline => "#0a5c9e",
        _ => "#a8430f",
    };

    /// <summary>On a dark screen.</summary>
    public static string Dark(this Ink ink) => ink switch
    {
        Ink.Page => "#0f1318",
        Ink.Text => "#e6edf3",
        Ink.Soft => "#a3adb8",
        Ink.Rule => "#313943",
        Ink.Shade => "#181e26",
        Ink.Pass => "#4ac26b",
        Ink.Block => "#ff7b7a",
        Ink.Undecided => "#e3b341",
        Ink.Quiet => "#97a1ac",
        Ink.Baseline => "#6cb6ff",
        _ => "#f0944d",
    };
}
