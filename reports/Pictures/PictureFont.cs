using SkiaSharp;

namespace RailCluster.Reports;

/// <summary>
/// The fonts of PNG pictures: those that the machine has, where it has one of these; else null, and <see cref="DotFont"/> serves. The rasteriser's build
/// without dependencies looks for none itself.
/// </summary>
internal static class PictureFont
{
    private const int Depth = 4;

    private static readonly (string Regular, string Bold)[] Wanted =
    [
        ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
        ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"),
        ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf"),
        ("Arial.ttf", "Arial Bold.ttf"),
        ("arial.ttf", "arialbd.ttf"),
        ("segoeui.ttf", "segoeuib.ttf"),
    ];

    private static readonly Lazy<(SKTypeface? Regular, SKTypeface? Bold)> Found = new(Find);

    public static SKTypeface? Regular => Found.Value.Regular;

    public static SKTypeface? Bold => Found.Value.Bold;

    private static (SKTypeface? Regular, SKTypeface? Bold) Find()
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = Depth, IgnoreInaccessible = true };
        string[] folders = ["/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "/System/Library/Fonts", Environment.GetFolderPath(Environment.SpecialFolder.Fonts)];
        var files = folders.Where(folder => folder.Length > 0 && Directory.Exists(folder))
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.ttf", options))
            .GroupBy(file => Path.GetFileName(file), StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Order(StringComparer.Ordinal).First(), StringComparer.Ordinal);
        foreach (var (regular, bold) in Wanted)
        {
            if (files.TryGetValue(regular, out var file) && SKTypeface.FromFile(file) is { } found)
                return (found, (files.TryGetValue(bold, out var heavy) ? SKTypeface.FromFile(heavy) : null) ?? found);
        }

        return (null, null);
    }
}
