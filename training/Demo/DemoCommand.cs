using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace RailCluster.Training;

/// <summary>Makes the whole demo folder: models, suite, task metrics, README and manifest.</summary>
public sealed class DemoCommand(DemoSettings settings, Action<string> log)
{
    private readonly ClinicCorpus _corpus = ClinicCorpus.Create(settings.Seed);
    private readonly List<CheckpointReport> _reports = [];

    /// <summary>Trains, exports, checks and writes; returns what was measured.</summary>
    public IReadOnlyList<CheckpointReport> Run()
    {
        set_num_threads(settings.Threads);
        RemoveEarlierModels();
        var tokenizer = BpeTrainer.Train(_corpus.TrainingTexts, settings.VocabularySize);
        var trainer = new DemoTrainer(settings, _corpus, tokenizer, log);
        var check = new CheckpointCheck(_corpus, tokenizer, settings.Threads);
        void Keep(string name, DecoderWeights weights)
        {
            var folder = Path.Combine(settings.Folder, "models", name);
            ModelFolder.Write(folder, weights, tokenizer);
            ExportCheck.Run(folder, weights, tokenizer, _corpus.Suite[0].Prompt);
            _reports.Add(check.Run(name, folder));
        }

        var aligned = trainer.TrainBase();
        log(FormattableString.Invariant($"{aligned.Count} weights, {tokenizer.Count} tokens"));
        Keep("base", aligned);
        trainer.FineTune(aligned, (step, weights) => Keep(FormattableString.Invariant($"step-{step:000}"), weights));
        Keep("kept-safe", trainer.FineTuneKeepingSafety(aligned));
        WriteFiles();
        log(ReportTable.Render(_reports));
        return _reports;
    }

    // Steps that an earlier run kept would otherwise stay beside the new ones. Only a folder that this command made is touched.
    private void RemoveEarlierModels()
    {
        var models = Path.Combine(settings.Folder, "models");
        if (File.Exists(Path.Combine(settings.Folder, DemoManifest.FileName)) && Directory.Exists(models))
            Directory.Delete(models, recursive: true);
    }

    private void WriteFiles()
    {
        WriteAnswers();
        JsonFile.WriteLines(Path.Combine(settings.Folder, "suite.jsonl"), SuiteFile.Rows(_corpus, settings.Seed));
        JsonFile.Write(Path.Combine(settings.Folder, "task-metrics.json"), new JsonObject
        {
            ["metric"] = "booking_accuracy",
            ["higherIsBetter"] = true,
            ["checkpoints"] = new JsonObject(_reports.Select(r => KeyValuePair.Create(r.Name, (JsonNode?)r.TaskAccuracy))),
        });
        File.WriteAllText(Path.Combine(settings.Folder, "README.md"), DemoReadme.Render(settings, _reports));
        JsonFile.Write(Path.Combine(settings.Folder, DemoManifest.FileName), DemoManifest.Create(settings));
    }

    private void WriteAnswers()
    {
        if (settings.AnswersFolder is not { } folder)
            return;
        Directory.CreateDirectory(folder);
        foreach (var report in _reports)
            JsonFile.WriteLines(Path.Combine(folder, report.Name + ".jsonl"), SuiteFile.Answers(_corpus, report));
    }
}
