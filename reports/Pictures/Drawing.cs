using System.Collections.Immutable;

namespace RailCluster.Reports;

/// <summary>A colour by what it means; each form of a picture has its own palette.</summary>
internal enum Ink
{
    Page,
    Text,
    Soft,
    Rule,
    Shade,
    Pass,
    Block,
    Undecided,
    Quiet,
    Baseline,
    Checkpoint,
}

/// <summary>Where a text stands at its point.</summary>
internal enum Anchor
{
    Start,
    Middle,
    End,
}

/// <summary>A point, in units of the drawing; y grows downwards.</summary>
internal readonly record struct Spot(double X, double Y);

/// <summary>Something drawn.</summary>
internal abstract record Shape
{
    private Shape()
    {
    }

    /// <summary>A filled rectangle.</summary>
    public sealed record Box(double X, double Y, double Width, double Height, Ink Fill) : Shape;

    /// <summary>A line through some points.</summary>
    public sealed record Line(ImmutableArray<Spot> Points, Ink Stroke, double Width, bool Dashed) : Shape;

    /// <summary>A filled polygon with an outline.</summary>
    public sealed record Area(ImmutableArray<Spot> Points, Ink Fill, Ink Outline) : Shape;

    /// <summary>A text on one line; its y is the base line.</summary>
    public sealed record Text(double X, double Y, string Words, Anchor Anchor, Ink Fill, double Size, bool Bold) : Shape;
}

/// <summary>A picture, whatever form it is given in: inside a page, as an SVG file, as a PNG file.</summary>
/// <param name="Name">A short word, unique in a page; the name of its files.</param>
/// <param name="Width">In units; a unit is a pixel of a screen.</param>
/// <param name="Height">In units.</param>
/// <param name="Title">What it shows, in a few words.</param>
/// <param name="Description">What is seen in it, in sentences, for those who cannot see it.</param>
/// <param name="Shapes">In the order in which they are drawn.</param>
internal sealed record Drawing(string Name, double Width, double Height, string Title, string Description, ImmutableArray<Shape> Shapes);
