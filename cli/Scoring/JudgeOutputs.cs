using System.Collections.Immutable;
using RailCluster.Scoring;

namespace RailCluster.Cli;

/// <summary>How people name the ways in which a judge is told the form of its verdict.</summary>
internal static class JudgeOutputs
{
    public const string Schema = "schema";

    /// <summary>The names.</summary>
    public static ImmutableArray<string> Names { get; } = [Schema, "json", "text"];

    /// <summary>Null for what is no such name.</summary>
    public static JudgeFormat? Parse(string name) => name switch
    {
        Schema => JudgeFormat.Schema,
        "json" => JudgeFormat.Object,
        "text" => JudgeFormat.Text,
        _ => null,
    };
}
