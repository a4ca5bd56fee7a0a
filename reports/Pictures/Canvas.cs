using System.Collections.Immutable;
using RailCluster.Evaluation;

namespace RailCluster.Reports;

/// <summary>Collects the shapes of a drawing.</summary>
internal sealed class Canvas
{
    private const double Normal = 13;
    private const int LongestText = 90;
    private const int RoundCorners = 24;

    private readonly ImmutableArray<Shape>.Builder _shapes = ImmutableArray.CreateBuilder<Shape>();

    public void Box(double x, double y, double width, double height, Ink fill) => _shapes.Add(new Shape.Box(x, y, width, height, fill));

    public void Line(double x1, double y1, double x2, double y2, Ink stroke, double width = 1, bool dashed = false) =>
        Path([new Spot(x1, y1), new Spot(x2, y2)], stroke, width, dashed);

    public void Path(IEnumerable<Spot> points, Ink stroke, double width, bool dashed = false) => _shapes.Add(new Shape.Line([.. points], stroke, width, dashed));

    public void Area(IEnumerable<Spot> points, Ink fill, Ink? outline = null) => _shapes.Add(new Shape.Area([.. points], fill, outline ?? fill));

    public void Text(double x, double y, string words, Anchor anchor = Anchor.Start, Ink fill = Ink.Text, double size = Normal, bool bold = false) =>
        _shapes.Add(new Shape.Text(x, y, SafeText.Line(words, LongestText), anchor, fill, size, bold));

    /// <summary>A mark whose form says as much as its colour.</summary>
    public void Mark(MarkForm form, double x, double y, double radius, Ink ink) =>
        Area(form.Corners().Select(corner => new Spot(x + corner.X * radius, y + corner.Y * radius)), form == MarkForm.Ring ? Ink.Page : ink, ink);

    public Drawing Finish(string name, double width, double height, string title, string description) =>
        new(name, width, height, title, description, _shapes.ToImmutable());

    /// <summary>Corners of a circle of radius 1.</summary>
    public static IEnumerable<Spot> Round() => Enumerable.Range(0, RoundCorners)
        .Select(corner => corner * 2 * Math.PI / RoundCorners)
        .Select(angle => new Spot(Math.Sin(angle), Math.Cos(angle)));
}
