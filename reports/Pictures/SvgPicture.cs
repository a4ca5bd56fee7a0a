namespace RailCluster.Reports;

/// <summary>A drawing as SVG: inside a page, with the page's colours, or as a file of its own. The same drawing gives the same bytes.</summary>
internal static class SvgPicture
{
    private const string Fonts = "system-ui, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif";

    /// <summary>For the inside of a page, whose style sheet gives the colours.</summary>
    public static Markup Inline(Drawing drawing) => Markup.Of(
        $"""
        <svg viewBox="0 0 {drawing.Width} {drawing.Height}" role="img" aria-labelledby="{drawing.Name}-title {drawing.Name}-words">
        <title id="{drawing.Name}-title">{drawing.Title}</title>
        <desc id="{drawing.Name}-words">{drawing.Description}</desc>
        {drawing.Shapes.Select(shape => Element(shape, ByClass))}</svg>

        """);

    /// <summary>A file that needs nothing else, in the light colours.</summary>
    public static string File(Drawing drawing) => Markup.Of(
        $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <svg xmlns="http://www.w3.org/2000/svg" width="{drawing.Width}" height="{drawing.Height}" viewBox="0 0 {drawing.Width} {drawing.Height}" role="img" aria-labelledby="title words" font-family="{Fonts}">
        <title id="title">{drawing.Title}</title>
        <desc id="words">{drawing.Description}</desc>
        <rect width="{drawing.Width}" height="{drawing.Height}" fill="{Ink.Page.Light()}"/>
        {drawing.Shapes.Select(shape => Element(shape, ByColour))}</svg>

        """).ToString();

    private static Markup ByClass(Ink? fill, Ink? stroke) => Markup.Of(
        $"class=\"{(fill is { } filled ? $"f-{filled.Name()}" : "f-none")}{(stroke is { } drawn ? $" s-{drawn.Name()}" : "")}\"");

    private static Markup ByColour(Ink? fill, Ink? stroke) => stroke is { } drawn
        ? Markup.Of($"fill=\"{fill?.Light() ?? "none"}\" stroke=\"{drawn.Light()}\"")
        : Markup.Of($"fill=\"{fill?.Light() ?? "none"}\"");

    private static Markup Element(Shape shape, Func<Ink?, Ink?, Markup> paint) => shape switch
    {
        Shape.Box box => Markup.Of($"<rect {paint(box.Fill, null)} x=\"{box.X}\" y=\"{box.Y}\" width=\"{box.Width}\" height=\"{box.Height}\"/>\n"),
        Shape.Line line => Markup.Of($"<polyline {paint(null, line.Stroke)} stroke-width=\"{line.Width}\"{Dashes(line.Dashed)} points=\"{Points(line.Points)}\"/>\n"),
        Shape.Area area => Markup.Of($"<polygon {paint(area.Fill, area.Outline)} stroke-width=\"1.5\" points=\"{Points(area.Points)}\"/>\n"),
        Shape.Text text => Markup.Of($"<text {paint(text.Fill, null)} x=\"{text.X}\" y=\"{text.Y}\" font-size=\"{text.Size}\"{Anchoring(text.Anchor)}{Weight(text.Bold)}>{text.Words}</text>\n"),
        _ => throw new InvalidOperationException($"a shape of the kind {shape.GetType().Name} has no SVG"),
    };

    private static IEnumerable<Markup> Points(IEnumerable<Spot> points) => points.Select((point, index) => index == 0
        ? Markup.Of($"{point.X},{point.Y}")
        : Markup.Of($" {point.X},{point.Y}"));

    private static Markup Dashes(bool dashed) => dashed ? Markup.Constant(" stroke-dasharray=\"4 3\"") : Markup.Empty;

    private static Markup Weight(bool bold) => bold ? Markup.Constant(" font-weight=\"600\"") : Markup.Empty;

    private static Markup Anchoring(Anchor anchor) => anchor switch
    {
        Anchor.Middle => Markup.Constant(" text-anchor=\"middle\""),
        Anchor.End => Markup.Constant(" text-anchor=\"end\""),
        _ => Markup.Empty,
    };
}
