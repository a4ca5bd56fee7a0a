using SkiaSharp;

namespace RailCluster.Reports;

/// <summary>A drawing as a PNG file, in the light colours, two pixels a unit.</summary>
internal static class PngPicture
{
    private const float Pixels = 2;
    private const float DotsASize = 9;
    private const int Lossless = 100;

    private static readonly float[] Dashes = [4, 3];

    /// <summary>The file's bytes.</summary>
    /// <param name="drawing">What is drawn.</param>
    /// <param name="machineFonts">Whether the machine's fonts may serve; without them the texts are dots.</param>
    public static byte[] File(Drawing drawing, bool machineFonts = true)
    {
        using var surface = SKSurface.Create(new SKImageInfo((int)(drawing.Width * Pixels), (int)(drawing.Height * Pixels), SKColorType.Rgba8888, SKAlphaType.Premul))
            ?? throw new InvalidOperationException($"a picture of {drawing.Width} by {drawing.Height} cannot be made");
        var canvas = surface.Canvas;
        canvas.Scale(Pixels);
        canvas.Clear(Colour(Ink.Page));
        using var paint = new SKPaint { IsAntialias = true, StrokeJoin = SKStrokeJoin.Round };
        foreach (var shape in drawing.Shapes) Draw(canvas, paint, shape, machineFonts);
        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, Lossless);
        return data.ToArray();
    }

    private static void Draw(SKCanvas canvas, SKPaint paint, Shape shape, bool machineFonts)
    {
        switch (shape)
        {
            case Shape.Box box:
                Fill(paint, box.Fill);
                canvas.DrawRect((float)box.X, (float)box.Y, (float)box.Width, (float)box.Height, paint);
                break;
            case Shape.Line line:
                Line(canvas, paint, line);
                break;
            case Shape.Area area:
                Area(canvas, paint, area);
                break;
            case Shape.Text text:
                Fill(paint, text.Fill);
                if (machineFonts && PictureFont.Regular is { } regular) Text(canvas, paint, text, text.Bold ? PictureFont.Bold! : regular);
                else Dots(canvas, paint, text);
                break;
        }
    }

    private static void Line(SKCanvas canvas, SKPaint paint, Shape.Line line)
    {
        using var path = Path(line.Points, closed: false);
        using var dashes = line.Dashed ? SKPathEffect.CreateDash(Dashes, 0) : null;
        Stroke(paint, line.Stroke, (float)line.Width);
        paint.PathEffect = dashes;
        canvas.DrawPath(path, paint);
        paint.PathEffect = null;
    }

    private static void Area(SKCanvas canvas, SKPaint paint, Shape.Area area)
    {
        using var path = Path(area.Points, closed: true);
        Fill(paint, area.Fill);
        canvas.DrawPath(path, paint);
        Stroke(paint, area.Outline, 1.5f);
        canvas.DrawPath(path, paint);
    }

    private static SKPath Path(IReadOnlyList<Spot> points, bool closed)
    {
        using var builder = new SKPathBuilder();
        builder.AddPoly([.. points.Select(point => new SKPoint((float)point.X, (float)point.Y))], closed);
        return builder.Detach();
    }

    private static void Text(SKCanvas canvas, SKPaint paint, Shape.Text text, SKTypeface face)
    {
        using var font = new SKFont(face, (float)text.Size) { Subpixel = true };
        var align = text.Anchor switch
        {
            Anchor.Middle => SKTextAlign.Center,
            Anchor.End => SKTextAlign.Right,
            _ => SKTextAlign.Left,
        };
        canvas.DrawText(text.Words, (float)text.X, (float)text.Y, align, font, paint);
    }

    private static void Dots(SKCanvas canvas, SKPaint paint, Shape.Text text)
    {
        var dot = (float)text.Size / DotsASize;
        var step = (DotFont.Across + 1) * dot;
        var width = text.Words.Length * step - dot;
        var left = (float)text.X - text.Anchor switch
        {
            Anchor.Middle => width / 2,
            Anchor.End => width,
            _ => 0,
        };
        for (var index = 0; index < text.Words.Length; index++)
        {
            foreach (var (column, row) in DotFont.Dots(text.Words[index]))
                canvas.DrawRect(left + index * step + column * dot, (float)text.Y + (row - DotFont.Down) * dot, dot * (text.Bold ? 1.3f : 1.02f), dot * 1.02f, paint);
        }
    }

    private static void Fill(SKPaint paint, Ink ink) => (paint.Style, paint.Color) = (SKPaintStyle.Fill, Colour(ink));

    private static void Stroke(SKPaint paint, Ink ink, float width) => (paint.Style, paint.Color, paint.StrokeWidth) = (SKPaintStyle.Stroke, Colour(ink), width);

    private static SKColor Colour(Ink ink) => SKColor.Parse(ink.Light());
}
