using System.CommandLine;

namespace RailCluster.Training;

/// <summary>The command line of the trainer.</summary>
public static class TrainingProgram
{
    /// <summary>Runs a command: 0 done, 2 bad usage, 4 failed.</summary>
    public static int Run(string[] args, TextWriter output, TextWriter errors)
    {
        var root = new RootCommand("The reference trainer: makes the small real checkpoints of the demo.") { Demo(output) };
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
}
