namespace Microsoft.Azure.Functions.Worker.Builder;

public class FunctionsApplication
{
    /// <summary>Reads settings and host.json; nothing runs and no network is used before the built host starts.</summary>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(args);
}
