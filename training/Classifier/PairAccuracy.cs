using RailCluster.Contracts;
using RailCluster.Evaluation;
using static TorchSharp.torch;

namespace RailCluster.Training;

/// <summary>How many pairs a classifier ranks rightly on their dimension.</summary>
public static class PairAccuracy
{
    /// <summary>Right and all, by dimension.</summary>
    public static IReadOnlyDictionary<Dimension, (int Right, int Pairs)> Of(AnswerClassifier classifier, BpeTokenizer tokenizer, IReadOnlyList<ControlPair> pairs)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(tokenizer);
        using var guard = no_grad();
        return pairs.GroupBy(pair => pair.Dimension).ToDictionary(
            group => group.Key,
            group => (group.Count(pair => Logit(classifier, tokenizer, pair, pair.Good) > Logit(classifier, tokenizer, pair, pair.Bad)), group.Count()));
    }

    /// <summary>One line: every dimension, and all together.</summary>
    public static string Line(IReadOnlyDictionary<Dimension, (int Right, int Pairs)> found)
    {
        ArgumentNullException.ThrowIfNull(found);
        var parts = found.OrderBy(entry => entry.Key).Select(entry => $"{entry.Key.Key()} {entry.Value.Right}/{entry.Value.Pairs}");
        return string.Join(", ", [.. parts, $"all {found.Values.Sum(count => count.Right)}/{found.Values.Sum(count => count.Pairs)}"]);
    }

    private static float Logit(AnswerClassifier classifier, BpeTokenizer tokenizer, ControlPair pair, string answer)
    {
        using var scope = NewDisposeScope();
        var row = PairLayout.Row(tokenizer, pair.Prompt, answer, classifier.Config.MaximumLength);
        return classifier.Logits(ClassifierBatch.Create([row], tokenizer.IdOf(SpecialTokens.Pad)))[0, (int)pair.Dimension].item<float>();
    }
}
