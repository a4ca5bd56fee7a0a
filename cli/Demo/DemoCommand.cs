using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using RailCluster.Client;
using RailCluster.Reports;
using RailCluster.Scoring;
using RailCluster.Silo;
using RailCluster.Storage;

namespace RailCluster.Cli;

/// <summary><c>rail demo</c>: the whole story on an embedded cluster.</summary>
internal static class DemoCommand
{
    private const string MissingScorer = "rail-api";
    private const string FineTuning = "benign-fine-tuning";
    private const string Control = "control";
    private const string Blind = "scorer-taken-away";

    public static Command Create(Terminal terminal)
    {
        var output = new Option<string?>("--out") { Description = "Folder for an HTML report of every checkpoint." };
        var data = CommandExtensions.Option("--data", "Folder for what the cluster remembers; run again, it is used again.", ServeCommand.DefaultData);
        return new Command("demo", "Tells the whole story on a cluster in this process: a fine-tuning run whose task improves while its refusals go.") { output, data }
            .Does(terminal, async (parsed, cancellationToken) =>
            {
                var demo = DemoFolder.Find();
                using var folder = DataFolder.Open(parsed.GetValue(data)!);
                using var host = SingleNode.Build(folder, new SiloSettings(), NodePorts.Free(), ServeCommand.LogFaults);
                await host.StartAsync(cancellationToken);
                try
                {
                    var story = new DemoStory(new RailClient(host.Services.GetRequiredService<IGrainFactory>()), demo, terminal);
                    var view = new DemoView(terminal, demo);
                    await TellAsync(story, view, demo, parsed.GetValue(output), cancellationToken);
                    var metrics = host.Services.GetRequiredService<RailMetrics>();
                    view.Cost(metrics.Answers, metrics.Scores);
                    view.End();
                }
                finally
                {
                    StepProgress.Clear(terminal);
                    await host.StopAsync(CancellationToken.None);
                }

                return ExitCodes.Done;
            });
    }

    private static async Task TellAsync(DemoStory story, DemoView view, DemoFolder demo, string? output, CancellationToken cancellationToken)
    {
        view.Begin();
        var told = new List<Chapter>();
        async Task TellOneAsync(string heading, string part, RailRun run, int step, string name)
        {
            var chapter = await story.TellAsync(run, step, name, cancellationToken);
            told.Add(chapter);
            view.Chapter(heading, chapter);
            if (output is not null)
                await Files.WriteAsync(Path.Combine(output, $"{part}-{name}.html"), writer => writer.WriteAsync(HtmlReport.Render(chapter.Report)));
        }

        var scorers = ScorerCatalog.Default();
        var rules = scorers.Find(RulesScorer.Name)!.Identity;
        var eroding = await story.StartAsync(FineTuning, rules);
        foreach (var (step, name) in demo.Steps()) await TellOneAsync($"step {step} of benign fine-tuning", FineTuning, eroding, step, name);
        var main = told.ToList();

        var last = demo.Steps()[^1];
        var control = await story.StartAsync(Control, rules);
        await TellOneAsync("control: fine-tuned as long, with safety data mixed in", Control, control, last.Step, DemoFolder.Harmless);
        await TellOneAsync("control: the baseline itself, evaluated again", Control, control, last.Step + 1, DemoFolder.Base);

        var blind = await story.StartAsync(Blind, scorers.Find(MissingScorer)!.Identity);
        await TellOneAsync("control: the last checkpoint with the scorer taken away", Blind, blind, last.Step, last.Name);
        view.Summary(main, told);
    }
}
