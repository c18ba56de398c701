namespace Serverless.Emulator.Hosting;

/// <summary>Finds the setting that a binding's <c>Connection</c> names.</summary>
internal static class Connections
{
    /// <returns>The value of <c>AzureWebJobs{name}</c>, <c>{name}</c> or the connection string of that name.</returns>
    /// <exception cref="FunctionMisconfiguredException">There is none of them.</exception>
    public static string Resolve(string name, string function, HostStartup startup)
    {
        var setting = startup.Resolve(name, function);
        var settings = startup.Configuration;
        return Text(settings[$"AzureWebJobs{setting}"]) ?? Text(settings[setting]) ?? Text(settings[$"ConnectionStrings:{setting}"])
            ?? throw new FunctionMisconfiguredException(function, $"the connection setting '{setting}' is missing.");

        static string? Text(string? value) => string.IsNullOrEmpty(value) ? null : value;
    }
}
