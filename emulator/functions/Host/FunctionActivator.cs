using System.Collections.Concurrent;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Serverless.Emulator.Hosting;

/// <summary>Makes the function's class anew for each run, from the run's own scope; it need not be registered.</summary>
internal sealed class FunctionActivator : IFunctionActivator
{
    /// <summary>A factory belongs to a class and to no host: many hosts of one process make each once.</summary>
    private static readonly ConcurrentDictionary<Type, ObjectFactory> Factories = new();

    public object? CreateInstance(Type instanceType, FunctionContext context) =>
        Factories.GetOrAdd(instanceType, static type => ActivatorUtilities.CreateFactory(type, Type.EmptyTypes))(context.InstanceServices, null);
}
