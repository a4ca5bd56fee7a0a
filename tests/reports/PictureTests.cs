using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using RailCluster.Contracts;
using SkiaSharp;

namespace RailCluster.Reports.Tests;

public sealed class PictureTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public async Task Write_RichReport_GivesEveryPictureInBothForms()
    {
        var folder = Directory.CreateTempSubdirectory("rail-").FullName;
        try
        {
            var files = await PictureFiles.WriteAsync(RichSample.Report(), Path.Combine(folder, "new"), TestContext.Current.CancellationToken);
            Assert.Equal(
                ["drops.svg", "drops.png", "distributions.svg", "distributions.png", "trend.svg", "trend.png", "anchor-drops.svg", "anchor-drops.png"],
                files.Select(Path.GetFileName));
            Assert.Equal(files.Length, Directory.GetFiles(Path.Combine(folder, "new")).Length);
            foreach (var file in files.Where(file => file.EndsWith(".png", StringComparison.Ordinal)))
            {
                var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
                Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], bytes[..4]);
                Assert.Equal(1520, BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16)));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void File_EveryDrawing_IsWellFormedAndNamesNothingElse()
    {
        foreach (var drawing in PictureFiles.Drawings(RichSample.Report()))
        {
            var file = SvgPicture.File(drawing);
            var root = XDocument.Parse(file).Root!;
            Assert.Equal(Svg + "svg", root.Name);
            Assert.Equal(drawing.Title, root.Element(Svg + "title")!.Value);
            Assert.NotEmpty(root.Element(Svg + "desc")!.Value);
            Assert.Equal(drawing.Shapes.Length + 3, root.Elements().Count());
            Assert.DoesNotMatch(new Regex("href|url\\(|<script|class="), file);
            Assert.Equal(file, SvgPicture.File(PictureFiles.Drawings(RichSample.Report()).Single(one => one.Name == drawing.Name)));
        }
    }

    [Fact]
    public void File_HostileTaskName_IsTextInThePicture()
    {
        var trend = RichSample.Trend() with { Steps = [.. RichSample.Trend().Steps.Select(step => step with { Tasks = [new TaskMetric(RichSample.Hostile, step.Step, true)] })] };
        var root = XDocument.Parse(SvgPicture.File(TrendDrawing.Of(trend))).Root!;
        Assert.Empty(root.Descendants(Svg + "script"));
        Assert.Contains(root.Descendants(Svg + "text"), text => text.Value.StartsWith("</div></main><script", StringComparison.Ordinal));
    }

    [Fact]
    public void File_WithoutFonts_WritesInDots()
    {
        var drawing = DropDrawing.Of(RichSample.Report().Table);
        var dots = PngPicture.File(drawing, machineFonts: false);
        Assert.Equal(Convert.ToHexString(SHA256.HashData(dots)), Convert.ToHexString(SHA256.HashData(PngPicture.File(drawing, machineFonts: false))));
        var silent = drawing with { Shapes = [.. drawing.Shapes.Where(shape => shape is not Shape.Text)] };
        Assert.True(Inked(dots) > Inked(PngPicture.File(silent)) + 2_000);
    }

    [Fact]
    public void Dots_EveryPrintableCharacter_DiffersFromTheOthers()
    {
        var glyphs = Enumerable.Range(' ', 95).Select(character => string.Join(' ', DotFont.Dots((char)character))).ToList();
        Assert.Equal(95, glyphs.Distinct().Count());
        Assert.Equal(DotFont.Dots('-'), DotFont.Dots('−'));
        Assert.Equal(DotFont.Dots('?'), DotFont.Dots('λ'));
    }

    [Theory]
    [InlineData(-1e9, 1e9)]
    [InlineData(0.4999, 0.5001)]
    [InlineData(-0.02, 7.3)]
    public void Ticks_AnyRange_AreAFewRoundValuesWithinIt(double low, double high)
    {
        var scale = new AxisScale(low, high, 0, 100);
        var ticks = scale.Ticks().ToList();
        Assert.InRange(ticks.Count, 2, 9);
        Assert.All(ticks, tick => Assert.InRange(scale.At(tick), 0, 100));
    }

    [Theory]
    [InlineData(Ink.Text), InlineData(Ink.Soft), InlineData(Ink.Pass), InlineData(Ink.Block), InlineData(Ink.Undecided), InlineData(Ink.Quiet), InlineData(Ink.Baseline), InlineData(Ink.Checkpoint)]
    internal void Palette_EveryInkOfTexts_HasContrastInBothThemes(Ink ink)
    {
        foreach (var ground in (Ink[])[Ink.Page, Ink.Shade])
        {
            Assert.True(Contrast(ink.Light(), ground.Light()) >= 4.5, $"{ink} on {ground}, light");
            Assert.True(Contrast(ink.Dark(), ground.Dark()) >= 4.5, $"{ink} on {ground}, dark");
        }
    }

    private static int Inked(byte[] png)
    {
        using var bitmap = SKBitmap.Decode(png);
        return bitmap.Pixels.Count(pixel => pixel != SKColors.White);
    }

    // As the web's accessibility guidelines have it.
    private static double Contrast(string one, string other)
    {
        var (first, second) = (Luminance(one), Luminance(other));
        return (Math.Max(first, second) + 0.05) / (Math.Min(first, second) + 0.05);
    }

    private static double Luminance(string colour)
    {
        double Channel(int at)
        {
            var share = Convert.ToInt32(colour.Substring(at, 2), 16) / 255.0;
            return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
        }

        return 0.2126 * Channel(1) + 0.7152 * Channel(3) + 0.0722 * Channel(5);
    }
}
