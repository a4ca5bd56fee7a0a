using System.CommandLine;
using RailCluster.Training;
using TorchSharp;

var output = new Option<DirectoryInfo>("--out") { Description = "Folder to write.", DefaultValueFactory = _ => new DirectoryInfo("demo") };
var seed = new Option<int>("--seed") { Description = "Decides the split, the weights and the order of examples.", DefaultValueFactory = _ => 17 };
var quick = new Option<bool>("--quick") { Description = "A tiny model in seconds: exercises every step and learns little." };
var threads = new Option<int>("--threads") { Description = "Threads to train with.", DefaultValueFactory = _ => 2 };
var demo = new Command("demo", "Trains the demo's base model and checkpoints and writes them with their suite.") { output, seed, quick, threads };
demo.SetAction(parsed =>
{
    torch.set_num_threads(parsed.GetValue(threads));
    var recipe = parsed.GetValue(quick) ? DemoRecipe.Quick(parsed.GetValue(seed)) : DemoRecipe.Full(parsed.GetValue(seed));
    new DemoMaker(recipe, parsed.GetValue(output)!.FullName, Console.Out).Run();
});

return new RootCommand("The reference trainer of RailCluster.") { demo }.Parse(args).Invoke();
