using System.Text.RegularExpressions;

namespace RailCluster.Architecture.Tests;

/// <summary>Rules over the text of the repository. Each gives the breaches, in words.</summary>
internal static partial class HouseRules
{
    private const int MostLines = 300;

    // In two halves, so that this file names none of them.
    private static readonly string[] Hosts =
    [
        "nuget" + ".org", "npmjs" + ".org", "npmjs" + ".com", "yarnpkg" + ".com", "pypi" + ".org", "pythonhosted" + ".org", "anaconda" + ".org",
        "crates" + ".io", "proxy.golang" + ".org", "docker" + ".io", "ghcr" + ".io", "quay" + ".io", "gcr" + ".io", "mcr.microsoft" + ".com",
        "pkgs.dev.azure" + ".com", "myget" + ".org", "huggingface" + ".co", "hf" + ".co", "deb.debian" + ".org", "download.pytorch" + ".org",
    ];

    private static readonly string[] PackageSettings = ["nuget.config", ".npmrc", "package-lock.json", ".yarnrc", ".yarnrc.yml", "pip.conf", "yarn.lock"];

    public static IEnumerable<string> OwnVersions(ProjectFile project) =>
        from reference in project.Content.Descendants("PackageReference")
        from name in (string[])["Version", "VersionOverride"]
        where reference.Attribute(name) is not null || reference.Element(name) is not null
        select $"{project.Path}: {reference.Attribute("Include")?.Value} has its own {name}; versions stand in Directory.Packages.props";

    public static IEnumerable<string> OutsideTheSolution(string solution, IEnumerable<string> projects) =>
        from project in projects
        where !solution.Replace('\\', '/').Contains($"\"{project}\"", StringComparison.Ordinal)
        select $"{project} is not in RailCluster.sln";

    public static IEnumerable<string> TooLong(string file, string content)
    {
        var lines = content.AsSpan().Count('\n');
        if (lines > MostLines) yield return $"{file}: {lines} lines; at most {MostLines}";
    }

    public static IEnumerable<string> RegistryHosts(string file, string content)
    {
        foreach (var host in Hosts.Where(host => Mentions(content, host))) yield return $"{file}: names the registry {host}";
        if (PackageSettings.Contains(Path.GetFileName(file).ToLowerInvariant()) && WebAddress().IsMatch(content))
            yield return $"{file}: package settings name an address";
    }

    /// <summary>A project's types stand in its one namespace; generated ones stand in their generator's.</summary>
    public static IEnumerable<string> OtherNamespaces(string folder, IEnumerable<(string Namespace, string Type)> types)
    {
        var own = $"RailCluster.{char.ToUpperInvariant(folder[0])}{folder[1..]}";
        return types.Where(type => type.Namespace.StartsWith("RailCluster", StringComparison.Ordinal) && type.Namespace != own)
            .Select(type => $"{type.Type} stands in {type.Namespace}; the namespace of {folder}/ is {own}");
    }

    private static bool Mentions(string content, string host)
    {
        for (var at = content.IndexOf(host, StringComparison.OrdinalIgnoreCase); at >= 0; at = content.IndexOf(host, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + host.Length;
            if ((at == 0 || !char.IsAsciiLetterOrDigit(content[at - 1])) && (end == content.Length || !char.IsAsciiLetterOrDigit(content[end]))) return true;
        }

        return false;
    }

    [GeneratedRegex("https?://", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex WebAddress();
}
