using RailCluster.Cli;

return await RailProgram.RunAsync(args, Terminal.System);
