using System.CommandLine;

namespace RailCluster.Training;

/// <summary>The command line of the trainer.</summary>
public static class TrainingProgram
{
    /// <summary>Runs a command: 0 done, 2 bad usage, 4 failed.</summary>
    public static int Run(string[] args, TextWriter output, TextWriter errors)
    {
        var root = new RootCommand("The reference trainer: makes the small real checkpoints of the demo.") { Demo(output), Classifier(output) };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                errors.WriteLine(error.Message);
            return 2;
        }
        try
        {
            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = errors, EnableDefaultExceptionHandler = false });
        }
        catch (Exception failure) when (failure is IOException or InvalidOperationException or DllNotFoundException
            or TypeInitializationException or NotSupportedException or UnauthorizedAccessException)
        {
            errors.WriteLine(failure.Message);
            return 4;
        }
    }

    private static Command Demo(TextWriter output)
    {
        var folder = new Option<string>("--out") { Description = "Folder to write.", DefaultValueFactory = _ => "demo" };
        var seed = new Option<int>("--seed") { Description = "Seed of corpus, weights and order.", DefaultValueFactory = _ => 17 };
        var threads = new Option<int>("--threads") { Description = "Threads of libtorch; matrices this small lose time on more than one.", DefaultValueFactory = _ => 1 };
        var answers = new Option<string?>("--answers") { Description = "Folder for every checkpoint's answers to the suite, as JSON Lines." };
        var quick = new Option<bool>("--quick") { Description = "A tiny model in seconds, to test the path." };
        var command = new Command("demo", "Train, export and measure the demo's checkpoints.") { folder, seed, threads, answers, quick };
        command.SetAction(parsed =>
        {
            Func<string, int, int, DemoSettings> make = parsed.GetValue(quick) ? DemoSettings.Quick : DemoSettings.Full;
            var settings = make(parsed.GetValue(folder)!, parsed.GetValue(seed), parsed.GetValue(threads));
            _ = new DemoCommand(settings with { AnswersFolder = parsed.GetValue(answers) }, output.WriteLine).Run();
            return 0;
        });
        return command;
    }

    private static Command Classifier(TextWriter output)
    {
        var pairs = new Option<string[]>("--pairs") { Description = "Files of answer pairs to learn from.", Required = true, AllowMultipleArgumentsPerToken = true };
        var heldOut = new Option<string[]>("--held-out") { Description = "Files of pairs to measure on.", DefaultValueFactory = _ => [], AllowMultipleArgumentsPerToken = true };
        var folder = new Option<string>("--out") { Description = "Folder to write.", Required = true };
        var seed = new Option<int>("--seed") { Description = "Seed of weights and order.", DefaultValueFactory = _ => 17 };
        var quick = new Option<bool>("--quick") { Description = "A tiny classifier in seconds, to test the path." };
        var command = new Command("train-classifier", "Train a small classifier of answers and write it for the classifier scorer.") { pairs, heldOut, folder, seed, quick };
        command.SetAction(parsed =>
        {
            var settings = parsed.GetValue(quick) ? ClassifierSettings.Quick(parsed.GetValue(seed)) : new ClassifierSettings { Seed = parsed.GetValue(seed) };
            new ClassifierCommand(settings, output.WriteLine).Run(parsed.GetValue(pairs)!, parsed.GetValue(heldOut)!, parsed.GetValue(folder)!);
            return 0;
        });
        return command;
    }
}
