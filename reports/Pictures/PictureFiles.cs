using System.Collections.Immutable;
using System.Text;

namespace RailCluster.Reports;

/// <summary>
/// A report's pictures as files, each as SVG and as PNG: <c>drops</c>; <c>distributions</c>, where scores are compared; <c>trend</c>, in reports of a run;
/// <c>anchor-drops</c>, where there is an anchor.
/// </summary>
public static class PictureFiles
{
    /// <summary>Writes the pictures; earlier ones are replaced, each whole or not at all.</summary>
    /// <param name="report">What is drawn.</param>
    /// <param name="folder">Made where it is missing.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The files.</returns>
    /// <exception cref="Evaluation.RailInputException">The folder cannot be written.</exception>
    public static async Task<ImmutableArray<string>> WriteAsync(VerdictReport report, string folder, CancellationToken cancellationToken = default)
    {
        var files = ImmutableArray.CreateBuilder<string>();
        foreach (var drawing in Drawings(report))
        {
            foreach (var (extension, content) in (IEnumerable<(string, byte[])>)[("svg", Encoding.UTF8.GetBytes(SvgPicture.File(drawing))), ("png", PngPicture.File(drawing))])
            {
                var path = Path.Combine(folder, $"{drawing.Name}.{extension}");
                await WholeFile.WriteAsync(path, stream => stream.WriteAsync(content, cancellationToken).AsTask());
                files.Add(path);
            }
        }

        return files.ToImmutable();
    }

    /// <summary>The pictures of a report.</summary>
    internal static IEnumerable<Drawing> Drawings(VerdictReport report)
    {
        yield return DropDrawing.Of(report.Table);
        if (DistributionDrawing.Of(report.Comparison) is { } distributions) yield return distributions;
        if (report.Trend is { } trend) yield return TrendDrawing.Of(trend);
        if (report.AnchorTable is { } anchor) yield return DropDrawing.FromAnchor(anchor);
    }
}
