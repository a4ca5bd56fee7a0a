using RailCluster.Contracts;

namespace RailCluster.Reports;

/// <summary>Explanations in lines. They hold what a scorer said: whoever shows them makes them harmless.</summary>
public static class ExplanationText
{
    /// <summary>One line a dimension, such as <c>privacy: gives a home address (pii_exposure); better: leave it out</c>, then what failed.</summary>
    public static IEnumerable<string> Lines(AnswerExplanation? explanation)
    {
        if (explanation is null) yield break;
        foreach (var (dimension, one) in explanation.Dimensions)
        {
            var issues = one.Issues.IsEmpty ? "" : $" ({string.Join(", ", one.Issues)})";
            var better = one.Suggestions.IsEmpty ? "" : $"; better: {string.Join(" / ", one.Suggestions)}";
            yield return $"{dimension.AsMeasure().Label()}: {one.Text ?? "no words given"}{issues}{better}";
        }

        if (explanation.Failure is { } failure) yield return $"not explained: {failure}";
    }
}
