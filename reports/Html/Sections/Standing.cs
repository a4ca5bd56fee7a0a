using RailCluster.Contracts;

namespace RailCluster.Reports;

/// <summary>Standings in words, with their look.</summary>
internal static class Standing
{
    public static Markup Tag(MeasureStanding standing) => Markup.Of($"<span class=\"tag {Class(standing)}\">{standing.Word()}</span>");

    public static Markup Tag(VerdictOutcome outcome) => Markup.Of($"<span class=\"tag {Marks.Of(outcome).Ink.Name()}\">{outcome.ToString()}</span>");

    private static string Class(MeasureStanding standing) => Marks.Of(standing).Ink.Name();
}
