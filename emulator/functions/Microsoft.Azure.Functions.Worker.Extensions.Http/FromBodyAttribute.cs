using Microsoft.Azure.Functions.Worker.Converters;
using Serverless.Emulator.Hosting;

namespace Microsoft.Azure.Functions.Worker.Http;

/// <summary>Reads the parameter from the JSON body; a body that cannot be read fails the invocation (500).</summary>
public class FromBodyAttribute : InputConverterAttribute
{
    public FromBodyAttribute()
        : base(typeof(FromBodyConverter))
    {
    }
}
