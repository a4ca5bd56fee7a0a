return await RailCluster.Benchmarks.BenchmarkProgram.RunAsync(args);
