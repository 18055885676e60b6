// `cdk synth` runs this and writes cdk.out/, which is committed here so that the example runs without the CDK.
import { App, Duration, Stack } from 'aws-cdk-lib';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import {
  Choice,
  Condition,
  DefinitionBody,
  Fail,
  StateMachine,
  Succeed,
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';

const app = new App({ analyticsReporting: false, outdir: 'cdk.out' });
const stack = new Stack(app, 'Tickets');

const quote = new LambdaFunction(stack, 'Quote', {
  runtime: Runtime.PYTHON_3_12,
  handler: 'quote.handler',
  code: Code.fromAsset('functions/quote'),
});
const notify = new LambdaFunction(stack, 'Notify', {
  runtime: Runtime.NODEJS_22_X,
  handler: 'index.handler',
  code: Code.fromAsset('functions/notify'),
});

const definition = new LambdaInvoke(stack, 'Ask for a quote', {
  lambdaFunction: quote,
  payloadResponseOnly: true,
  inputPath: '$.detail',
  resultPath: '$.quote',
})
  .next(new Wait(stack, 'Let them think', { time: WaitTime.duration(Duration.hours(24)) }))
  .next(
    new Choice(stack, 'Affordable?')
      .when(
        Condition.numberLessThanEquals('$.quote.price', 100),
        new LambdaInvoke(stack, 'Tell them', {
          lambdaFunction: notify,
          payloadResponseOnly: true,
        }).next(new Succeed(stack, 'Told')),
      )
      .otherwise(new Fail(stack, 'Too dear', { error: 'TooDear' })),
  );
const machine = new StateMachine(stack, 'Ticket', {
  definitionBody: DefinitionBody.fromChainable(definition),
});

const bus = new EventBus(stack, 'Box', { eventBusName: 'box-office' });
new Rule(stack, 'Wanted', {
  eventBus: bus,
  eventPattern: { source: ['box.office'], detailType: ['TicketWanted'] },
  targets: [new SfnStateMachine(machine)],
});
app.synth();
