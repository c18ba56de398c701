using Microsoft.AspNetCore.Http;
using Serverless.Banking;

namespace Serverless.Functions.Http;

/// <summary>A body whose values are held against more than their types' limits, by <see cref="Input"/>: all its faults are told at once, whichever finds them.</summary>
public interface IHasOwnFaults
{
    /// <summary>What making the command says. Also asked of a body with faults by its types, each of them replaced by something harmless.</summary>
    /// <returns>Null, an <see cref="Invalid"/> or an <see cref="InvalidInput"/>.</returns>
    Error? FindFaults(HttpRequest request);
}
