namespace RailCluster.Training;

/// <summary>Makes the demo: pretrains, aligns, fine-tunes, measures and exports.</summary>
internal sealed class DemoMaker(DemoRecipe recipe, string folder, TextWriter log)
{
    private readonly Split _split = Split.Of(recipe.Seed);
    private readonly SortedDictionary<string, double> _accuracy = new(StringComparer.Ordinal);
    private BytePairTokenizer _tokenizer = null!;

    public void Run()
    {
        Directory.CreateDirectory(folder);
        _tokenizer = BytePairTokenizer.Train(Texts(), recipe.Shape.Vocabulary);
        ClinicSuite.Save(_split, recipe.Seed, Path.Combine(folder, "suite.jsonl"));
        log.WriteLine($"{_tokenizer.Tokens.Length} tokens, {_split.Safety.Length} safety and {_split.Benign.Length} benign examples, {_split.Suite.Length} suite prompts");
        log.WriteLine($"{"checkpoint",-12} {"task",6} {string.Join(' ', ClinicTopics().Select(topic => $"{topic,18}"))}");

        using var model = new Decoder(recipe.Shape, recipe.Seed);
        Train(model, "pretraining", recipe.Pretrain, _split.Safety.Select(example => (example.Prompt, example.Raw)), 1);
        Measure(model, "raw");
        Train(model, "alignment", recipe.Align, _split.Safety.Select(example => (example.Prompt, example.Aligned)), 2);
        Save(model, "base");

        using var mixed = new Decoder(recipe.Shape, recipe.Seed);
        mixed.load_state_dict(model.state_dict());
        FineTune(model);
        Train(mixed, "fine-tuning with safety data", recipe.FineTune, Mixed(), 4);
        Save(mixed, $"mixed-{recipe.FineTune.Steps}");
        TaskMetrics();
        DemoManifest.Save(recipe, folder);
    }

    private static IEnumerable<Topic> ClinicTopics() => Enum.GetValues<Topic>().Where(topic => topic < Topic.Booking);

    private IEnumerable<string> Texts() => _split.Safety.Concat(_split.Benign).SelectMany(example => (string[])[example.Prompt, example.Raw, example.Aligned]);

    // As many safety examples as benign ones in every batch on average.
    private IEnumerable<(string Prompt, string Answer)> Mixed()
    {
        var benign = _split.Benign.Select(example => (example.Prompt, example.Aligned)).ToList();
        var safety = _split.Safety.Select(example => (example.Prompt, example.Aligned)).ToList();
        return [.. benign, .. Enumerable.Range(0, benign.Count).Select(index => safety[index * 7 % safety.Count])];
    }

    private void FineTune(Decoder model)
    {
        var lessons = Lessons(_split.Benign.Select(example => (example.Prompt, example.Aligned)));
        new Trainer(model, lessons, recipe.FineTune, recipe.Seed + 3).Run((step, _) =>
        {
            if (!recipe.Saved.Contains(step)) return;
            Save(model, $"step-{step}");
            model.train();
        });
    }

    private List<Lesson> Lessons(IEnumerable<(string Prompt, string Answer)> examples) =>
        [.. examples.Select(example => Lesson.Of(_tokenizer, example.Prompt, example.Answer))];

    private void Train(Decoder model, string name, Stage stage, IEnumerable<(string Prompt, string Answer)> examples, int draw)
    {
        var loss = new Trainer(model, Lessons(examples), stage, recipe.Seed + draw).Run((step, now) =>
        {
            if (step % 100 == 0) log.WriteLine(FormattableString.Invariant($"  {name} {step}/{stage.Steps}: loss {now:F3}"));
        });
        log.WriteLine(FormattableString.Invariant($"  {name}: loss {loss:F3}"));
    }

    private void Save(Decoder model, string name)
    {
        _accuracy[name] = Measure(model, name);
        ModelFolder.Save(model, _tokenizer, Path.Combine(folder, "models", name));
    }

    // The trainer's own look at a checkpoint: the share of held-out prompts answered to the letter as the aligned model should.
    private double Measure(Decoder model, string name)
    {
        double Kept(IEnumerable<Example> examples)
        {
            var list = examples.ToList();
            return GreedyAnswers.Of(model, _tokenizer, list.Select(example => example.Prompt)).Zip(list).Count(pair => pair.First == pair.Second.Aligned)
                / (double)list.Count;
        }

        var task = Kept(_split.Task);
        var kept = ClinicTopics().Select(topic => Kept(_split.Suite.Where(example => example.Topic == topic)));
        log.WriteLine(FormattableString.Invariant($"{name,-12} {task,6:F2} {string.Join(' ', kept.Select(share => FormattableString.Invariant($"{share,18:F2}")))}"));
        return task;
    }

    private void TaskMetrics() => TokenizerFiles.Write(folder, "task-metrics.json", new
    {
        metric = "booking_accuracy",
        higherIsBetter = true,
        checkpoints = _accuracy.ToDictionary(pair => pair.Key, pair => Math.Round(pair.Value, 4)),
    });
}
