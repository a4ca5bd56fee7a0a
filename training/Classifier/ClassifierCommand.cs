using static TorchSharp.torch;

namespace RailCluster.Training;

/// <summary>Trains a classifier on pairs of answers, writes its folder, and says how it ranks pairs that it was not trained on.</summary>
public sealed class ClassifierCommand(ClassifierSettings settings, Action<string> log)
{
    /// <summary>Trains and writes; the same settings, files and machine give the same bytes.</summary>
    /// <param name="pairs">Files of pairs to learn from.</param>
    /// <param name="heldOut">Files of pairs to measure on; may be none.</param>
    /// <param name="folder">Folder to write.</param>
    public void Run(IReadOnlyList<string> pairs, IReadOnlyList<string> heldOut, string folder)
    {
        set_num_threads(settings.Threads);
        var learned = PairFiles.Read(pairs);
        var measured = heldOut.Count == 0 ? [] : PairFiles.Read(heldOut);
        if (measured.Select(pair => pair.Id).Intersect(learned.Select(pair => pair.Id)).FirstOrDefault() is { } shared)
            throw new InvalidOperationException($"--held-out: the pair {shared} stands in --pairs as well: hold it out of one of them");
        var tokenizer = BpeTrainer.Train(learned.SelectMany(pair => new[] { pair.Prompt, pair.Good, pair.Bad }), settings.VocabularySize);
        var config = new ClassifierConfig
        {
            VocabularySize = tokenizer.Count,
            Width = settings.Width,
            Channels = settings.Channels,
            Hidden = settings.Hidden,
        };
        using var classifier = new ClassifierTrainer(settings, tokenizer, config).Run(learned, Report);
        ClassifierFolder.Write(folder, config, classifier.Snapshot(), tokenizer);
        log($"learned from: {PairAccuracy.Line(PairAccuracy.Of(classifier, tokenizer, learned))}");
        if (measured.Count > 0)
            log($"held out: {PairAccuracy.Line(PairAccuracy.Of(classifier, tokenizer, measured))}");
    }

    private void Report(int epoch, double loss)
    {
        if (epoch % 10 == 0 || epoch == settings.Epochs)
            log(FormattableString.Invariant($"epoch {epoch}: loss {loss:0.000}"));
    }
}
