using RailCluster.Storage.Tests;
using Xunit.MicrosoftTestingPlatform;

return args is [CrashWriter.Verb, var folder]
    ? await CrashWriter.RunAsync(folder)
    : await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
