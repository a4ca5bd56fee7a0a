using RailCluster.Training;

return TrainingProgram.Run(args, Console.Out, Console.Error);
