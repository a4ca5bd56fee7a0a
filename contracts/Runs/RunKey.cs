using System.Text.RegularExpressions;

namespace RailCluster.Contracts;

/// <summary>A fine-tuning run within a project; also the grain key.</summary>
[GenerateSerializer, Alias("rail.RunKey")]
public sealed partial record RunKey(string Project, string Run)
{
    /// <summary>What a project or run may be called, in words.</summary>
    public const string NameRule = "1 to 64 of a-z, 0-9, '.', '_' and '-', beginning with a letter or digit";

    /// <summary>Whether a project or run may be called that.</summary>
    public static bool IsName(string text) => Name().IsMatch(text);

    /// <summary>The grain key: <c>project/run</c>.</summary>
    public override string ToString() => $"{Project}/{Run}";

    /// <summary>Reads <c>project/run</c>, or <c>run</c> in the project <c>default</c>.</summary>
    /// <exception cref="FormatException">A name breaks <see cref="NameRule"/>.</exception>
    public static RunKey Parse(string text)
    {
        var (project, run) = text.Split('/') switch
        {
            [var only] => ("default", only),
            [var first, var second] => (first, second),
            _ => ("", ""),
        };
        return Name().IsMatch(project) && Name().IsMatch(run)
            ? new RunKey(project, run)
            : throw new FormatException($"'{text}' is not a run name; write RUN or PROJECT/RUN, each {NameRule}");
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9._-]{0,63}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
