return await Granary.Silo.SiloProgram.RunAsync(args);
