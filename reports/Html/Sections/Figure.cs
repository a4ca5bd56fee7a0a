namespace RailCluster.Reports;

/// <summary>A picture with its caption, in a region that a keyboard can scroll.</summary>
internal static class Figure
{
    public static Markup Render(Drawing drawing, string caption) => Markup.Of(
        $"""
        <figure aria-labelledby="{drawing.Name}-caption">
        <div class="scroll" role="region" aria-label="Picture: {drawing.Title}" tabindex="0">
        {SvgPicture.Inline(drawing)}</div>
        <figcaption id="{drawing.Name}-caption">{caption}</figcaption>
        </figure>

        """);
}
